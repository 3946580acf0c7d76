// What a person is looking at, whichever tab shows it: one test image, and some of them that were chosen together.

interface Selected {
  /** Of the dataset that the positions belong to. */
  dataset: string | undefined;
  image: number | undefined;
  chosen: Uint32Array | undefined;
}

export class Selection {
  #keyOfDataset: () => string | undefined;
  #selected = $state.raw<Selected>();

  /** @param keyOfDataset tells the dataset that is open; a selection in another one counts no longer */
  constructor(keyOfDataset: () => string | undefined) {
    this.#keyOfDataset = keyOfDataset;
  }

  get #current(): Selected {
    const dataset = this.#keyOfDataset();
    const selected = this.#selected;
    return selected && selected.dataset === dataset ? selected : { dataset, image: undefined, chosen: undefined };
  }

  /** Position in the test set, from 0. */
  get image() {
    return this.#current.image;
  }
  /** Positions in the test set that were chosen on the map; undefined: all. */
  get chosen() {
    return this.#current.chosen;
  }

  look(image: number | undefined): void {
    this.#selected = { ...this.#current, image };
  }
  choose(images: Uint32Array | undefined): void {
    this.#selected = { ...this.#current, chosen: images };
  }
}
