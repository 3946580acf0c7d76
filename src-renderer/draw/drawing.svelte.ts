// A drawing: strokes of a pen in fractions of the pad's side, so that they can be rendered at any size.

export interface Point {
  /** 0 left to 1 right, 0 top to 1 bottom */
  x: number;
  y: number;
}

export interface Stroke {
  points: readonly Point[];
  /** Of the pen, as a fraction of the pad's side. */
  width: number;
}

/** The pad's side in pixels of MNIST: the unit of the pen's width and of the arrow keys' steps. */
export const PAD_PIXELS = 28;

const clamp = (x: number): number => Math.min(1, Math.max(0, x));

export class Drawing {
  #strokes = $state.raw<readonly Stroke[]>([]);
  #penDown = $state(false);
  /** Width of the pen in pixels, of which the pad has 28. */
  thickness = $state(2.5);
  /** Where the arrow keys have moved the pen. Undefined if they do not move it. */
  #pen = $state.raw<Point>();

  get strokes() {
    return this.#strokes;
  }
  get pen() {
    return this.#pen;
  }
  get penDown() {
    return this.#penDown;
  }

  /** Begins a stroke with a dot. */
  begin(point: Point): void {
    this.#strokes = [...this.#strokes, { points: [point], width: this.thickness / PAD_PIXELS }];
  }

  /** Continues the last stroke. */
  extend(points: readonly Point[]): void {
    const last = this.#strokes.at(-1);
    if (last) this.#strokes = [...this.#strokes.slice(0, -1), { ...last, points: [...last.points, ...points] }];
  }

  /** Moves the pen, at first from the middle, by pixels of which the pad has 28. If it is down, it draws. */
  movePen(right: number, down: number): void {
    const { x, y } = this.#pen ?? { x: 0.5, y: 0.5 };
    this.#pen = { x: clamp(x + right / PAD_PIXELS), y: clamp(y + down / PAD_PIXELS) };
    if (this.#penDown) this.extend([this.#pen]);
  }

  /** Puts the pen down where it is, or lifts it. */
  togglePen(): void {
    this.#penDown = !this.#penDown;
    this.#pen ??= { x: 0.5, y: 0.5 };
    if (this.#penDown) this.begin(this.#pen);
  }

  /** Ends drawing with the keys. */
  putPenAway(): void {
    this.#penDown = false;
    this.#pen = undefined;
  }

  undo(): void {
    this.#strokes = this.#strokes.slice(0, -1);
    this.#penDown = false;
  }

  clear(): void {
    this.#strokes = [];
    this.#penDown = false;
  }
}
