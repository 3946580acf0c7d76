// Stands in for the colour package that Chart.js imports. That package parses and blends colours of every notation; the
// charts of this app need neither, because they give each colour in its final form and have no animations.

/** A colour that never changes: a hovered point keeps its colour. */
export class Color {
  #value;
  /** False, so that Chart.js does not blend it. */
  valid = false;

  constructor(value) {
    this.#value = value;
  }
  saturate() {
    return this;
  }
  darken() {
    return this;
  }
  hexString() {
    return this.#value;
  }
}
