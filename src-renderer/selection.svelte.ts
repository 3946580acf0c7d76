// What a person is looking at, whichever tab shows it: one test image, and some of them that were chosen together.

export class Selection {
  #image = $state<number>();
  #chosen = $state.raw<Uint32Array>();

  /** Position in the test set, from 0. */
  get image() {
    return this.#image;
  }
  /** Positions in the test set that were chosen on the map; undefined: all. */
  get chosen() {
    return this.#chosen;
  }

  look(image: number | undefined): void {
    this.#image = image;
  }
  choose(images: Uint32Array | undefined): void {
    this.#chosen = images;
  }
  /** Another dataset has other images. */
  forget(): void {
    this.#image = undefined;
    this.#chosen = undefined;
  }
}
