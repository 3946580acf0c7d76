// What a person has drawn: strokes of a pen, in parts of the pad's side, so that they can be drawn at any size.

export interface Point {
  /** 0 left to 1 right, 0 top to 1 bottom */
  x: number;
  y: number;
}

export interface Stroke {
  points: readonly Point[];
  /** Of the pen, in parts of the pad's side. */
  width: number;
}

/** The pad's side in pixels of a 28 × 28 image: what the pen's width and the steps of the arrow keys are told in. */
export const PAD_PIXELS = 28;

const clamp = (x: number): number => Math.min(1, Math.max(0, x));

export class Drawing {
  #strokes = $state.raw<readonly Stroke[]>([]);
  #penDown = $state(false);
  /** Pixels of 28. */
  thickness = $state(2.5);
  /** Where the arrow keys have moved the pen; undefined while it is not moved by keys. */
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

  /** Goes on with the newest stroke. */
  extend(points: readonly Point[]): void {
    const newest = this.#strokes.at(-1);
    if (newest) this.#strokes = [...this.#strokes.slice(0, -1), { ...newest, points: [...newest.points, ...points] }];
  }

  /** Moves the pen by so many pixels of 28, from the middle at first; one that is down draws. */
  movePen(right: number, down: number): void {
    const { x, y } = this.#pen ?? { x: 0.5, y: 0.5 };
    this.#pen = { x: clamp(x + right / PAD_PIXELS), y: clamp(y + down / PAD_PIXELS) };
    if (this.#penDown) this.extend([this.#pen]);
  }

  /** Puts the pen down where it is, or lifts it. */
  switchPen(): void {
    this.#penDown = !this.#penDown;
    this.#pen ??= { x: 0.5, y: 0.5 };
    if (this.#penDown) this.begin(this.#pen);
  }

  /** The pen is put away: keys move it no longer. */
  putAway(): void {
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
