// Reads HDF5 files of all versions: groups, links, text attributes, and datasets in every layout that h5py uses for
// arrays of a fixed size. The HDF5 library supports more, but it is 4 MB of WebAssembly, starts slowly, takes up to 2
// GB of memory for a hostile file, and cannot be stopped. This reader checks every access, and its time and memory are
// bounded. https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html
import { refusal } from '../open/imported-network';
import { readTextAttributes } from './attributes';
import { readDataset, type Hdf5Dataset } from './dataset';
import { Hdf5Bytes } from './hdf5-bytes';
import { readLinks, type Link } from './links';
import { readMessages } from './object-header';

export interface Hdf5Group {
  kind: 'group';
  /** In the order of the file. */
  members: Map<string, Hdf5Node>;
  /** Attributes that are texts or lists of texts. A single text is a list of one. */
  textAttributes: () => Map<string, string[]>;
}

export type { Hdf5Dataset };
export type Hdf5Node = Hdf5Group | Hdf5Dataset;

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** Programs may store own data before the superblock: 512 bytes, or twice that, and so on. */
const FIRST_USER_BLOCK = 512;
const DEEPEST = 20;
/** Including soft links. */
const MAX_NODES = 20_000;
/** Soft links that refer to soft links. HDF5 itself follows 16 by default. */
const LONGEST_CHAIN = 16;

export function isHdf5(bytes: Uint8Array): boolean {
  return superblockAt(bytes) !== undefined;
}

/** Throws file-unreadable. */
export function readHdf5(bytes: Uint8Array, file: string): Hdf5Group {
  const start = superblockAt(bytes);
  if (start === undefined) throw refusal(file, 'it is not an HDF5 file');
  const reader = new Hdf5Bytes(bytes.subarray(start), file);
  const root = new TreeReader(reader).read(rootAddress(reader));
  if (root.kind !== 'group') throw reader.damaged();
  return root;
}

function superblockAt(bytes: Uint8Array): number | undefined {
  for (let at = 0; at + SIGNATURE.length <= bytes.length; at = at === 0 ? FIRST_USER_BLOCK : 2 * at) {
    if (SIGNATURE.every((byte, k) => bytes[at + k] === byte)) return at;
  }
  return undefined;
}

function rootAddress(bytes: Hdf5Bytes): number {
  const version = bytes.uint8(8);
  if (version > 3) throw bytes.refused('it is HDF5 of a newer version than this app can read');
  const sizesAt = version < 2 ? 13 : 9;
  if (bytes.uint8(sizesAt) !== 8 || bytes.uint8(sizesAt + 1) !== 8)
    throw bytes.refused('it is HDF5 with addresses of an unusual size, which this app does not read');
  return bytes.uint64(version === 0 ? 64 : version === 1 ? 68 : 36);
}

class TreeReader {
  private nodes = 0;
  /** By address: a dataset with several names is a single object. */
  private readonly datasets = new Map<number, Hdf5Dataset>();
  private readonly softLinks: { group: Hdf5Group; parents: Hdf5Group[]; name: string; target: string }[] = [];

  constructor(private readonly bytes: Hdf5Bytes) {}

  read(address: number): Hdf5Node {
    const root = this.readNode(address, []);
    // Links may depend on other links: every pass resolves those whose targets are known.
    let left = this.softLinks;
    for (let pass = 0; pass <= LONGEST_CHAIN; pass++) {
      const unresolved = left.filter((link) => !this.resolve(link));
      if (unresolved.length === left.length) return root; // The rest is dangling, which HDF5 allows.
      left = unresolved;
    }
    throw this.bytes.refused(`it has a chain of more than ${LONGEST_CHAIN} soft links`);
  }

  private readNode(address: number, parents: Hdf5Group[]): Hdf5Node {
    if (parents.length > DEEPEST) throw this.bytes.damaged();
    this.countNode();
    const known = this.datasets.get(address);
    if (known) return known;
    const messages = readMessages(this.bytes, address);
    const textAttributes = () => readTextAttributes(this.bytes, messages);
    const links = readLinks(this.bytes, messages);
    if (links) {
      const group: Hdf5Group = { kind: 'group', members: new Map(), textAttributes };
      for (const link of links) this.addMember(group, link, [...parents, group]);
      return group;
    }
    const content = readDataset(this.bytes, messages);
    if (!content) throw this.bytes.damaged();
    const dataset = { ...content, textAttributes };
    this.datasets.set(address, dataset);
    return dataset;
  }

  private addMember(group: Hdf5Group, link: Link, parents: Hdf5Group[]): void {
    if (group.members.has(link.name)) throw this.bytes.refused(`it has the name “${link.name}” twice`);
    if (link.kind === 'external') throw this.bytes.refused(`its member “${link.name}” is in another file`);
    if (link.kind === 'hard') {
      group.members.set(link.name, this.readNode(link.address, parents));
    } else {
      this.countNode();
      this.softLinks.push({ group, parents, name: link.name, target: link.target });
    }
  }

  private countNode(): void {
    if (++this.nodes > MAX_NODES) throw this.bytes.damaged();
  }

  private resolve({ group, parents, name, target }: (typeof this.softLinks)[number]): boolean {
    let node: Hdf5Node | undefined = target.startsWith('/') ? parents[0] : group;
    for (const part of target.split('/').filter((step) => step !== '' && step !== '.')) {
      node = node?.kind === 'group' ? node.members.get(part) : undefined;
    }
    if (!node) return false;
    group.members.set(name, node);
    return true;
  }
}
