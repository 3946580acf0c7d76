// The selection that all tabs share: one test image, and a set of test images chosen together.

interface Selected {
  /** Key of the dataset that the positions belong to. */
  dataset: string | undefined;
  image: number | undefined;
  chosen: Uint32Array | undefined;
}

export class Selection {
  #keyOfDataset: () => string | undefined;
  #selected = $state.raw<Selected>();

  /** @param keyOfDataset the key of the open dataset. A selection made in another dataset is ignored. */
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
  /** Positions in the test set that were chosen on the map; undefined if all images are meant. */
  get chosen() {
    return this.#current.chosen;
  }

  inspect(image: number | undefined): void {
    this.#selected = { ...this.#current, image };
  }
  choose(images: Uint32Array | undefined): void {
    this.#selected = { ...this.#current, chosen: images };
  }
}
