// Replaces the colour package that Chart.js imports. That package parses and blends colours of every notation; the
// charts of this app need neither, because they give each colour in its final form and have no animations.

/** A colour that never changes: a hovered point keeps its colour. */
export class Color {
  /** False, so that Chart.js does not blend it. */
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
