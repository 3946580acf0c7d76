export interface IconPicture {
  size: number;
  png: Uint8Array;
  /** 4 bytes a pixel, row by row from the top. */
  rgba: Uint8Array;
}
export function icoFile(pictures: IconPicture[]): Buffer;
export function icnsFile(pictures: Pick<IconPicture, 'size' | 'png'>[]): Buffer;
