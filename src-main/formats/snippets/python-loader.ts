// What the readers of each kind of file contribute to a program in Python.

export interface PythonLoader {
  /** Modules of Python's standard library. */
  modules: string[];
  /** Lines that import other libraries than NumPy. */
  libraries: string[];
  /** Function definitions, each ending with a line break. */
  functions: string;
  /** Lines before the two expressions, each ending with a line break. */
  before?: string;
  /** An expression for the numbers of the images, as the file has them. */
  images: string;
  /** An expression for the labels, as the file has them. */
  labels: string;
}
