// Stands in for the package of colours that Chart.js imports. That package reads and blends colours of every notation;
// a chart of this app needs none of it, since it gives each colour as it is to be drawn and has no animations.

/** A colour that stays as it is: a point that the mouse is over keeps its own. */
export class Color {
  /** False: Chart.js then does not blend it. */
  readonly valid = false;

  constructor(private readonly value: string) {}

  saturate(): this {
    return this;
  }
  darken(): this {
    return this;
  }
  hexString(): string {
    return this.value;
  }
}
