// The layout of pictures of one size in a room: as large as fits, in whole device pixels, so that all are crisp. Pure.

export interface GridRoom {
  width: number;
  height: number;
  /** Device pixels per CSS pixel. */
  ratio: number;
}

export interface PictureGrid {
  /** Device pixels per pixel of a picture; below one, its pixels are averaged. */
  scale: number;
  columns: number;
  rows: number;
  /** Device pixels of a picture, and of a picture with the gap after it. */
  pictureWidth: number;
  pictureHeight: number;
  stepX: number;
  stepY: number;
  /** A common divisor of the four lengths above, 1 or 2: a canvas can have that many times fewer pixels per side. */
  block: number;
}

const GAP = 6;
/** Bounds of a picture's longer side, CSS pixels: smaller pictures are unreadable, larger ones show no more. */
const LEAST_SIDE = 64;
const MOST_SIDE = 224;
/** In a room of this width, the smallest pictures are larger. CSS pixels. */
const WIDE = 1500;
const LEAST_SIDE_IN_WIDE = 84;

/**
 * Screen pixels per pixel of a picture, so that `length` of its pixels fit in `room`: a whole number, or 1 divided by a
 * whole number if the picture must shrink, so that all of its pixels are scaled alike.
 */
export function evenScale(room: number, length: number): number {
  if (room >= length) return Math.floor(room / length);
  return 1 / Math.ceil(length / Math.max(1, room));
}

const nextScale = (scale: number): number => (scale < 1 ? 1 / (Math.round(1 / scale) - 1) : scale + 1);

function gridAt(scale: number, count: number, width: number, height: number, room: GridRoom): PictureGrid {
  const block = scale % 2 === 0 ? 2 : 1;
  const gap = wholeBlocks(GAP * room.ratio, block);
  const [pictureWidth, pictureHeight] = [width, height].map((side) => Math.max(1, Math.round(side * scale))) as [
    number,
    number,
  ];
  const [stepX, stepY] = [pictureWidth + gap, pictureHeight + gap];
  const columns = Math.max(1, Math.min(count, Math.floor((room.width * room.ratio + gap) / stepX)));
  return { scale, columns, rows: Math.ceil(count / columns), pictureWidth, pictureHeight, stepX, stepY, block };
}

function wholeBlocks(pixels: number, block: number): number {
  return block * Math.floor(pixels / block);
}

/** Widens the gaps so that the columns reach the room's right edge. The gaps of rows follow as far as they fit. */
function spread(grid: PictureGrid, count: number, room: GridRoom, mayScroll: boolean): PictureGrid {
  if (grid.columns < 2 || count < grid.columns * 2) return grid;
  const free = room.width * room.ratio - grid.columns * grid.pictureWidth;
  const gap = wholeBlocks(free / (grid.columns - 1), grid.block);
  const freeHeight = room.height * room.ratio - grid.rows * grid.pictureHeight;
  const gapY = mayScroll && freeHeight < 0 ? gap : wholeBlocks(freeHeight / Math.max(1, grid.rows - 1), grid.block);
  const least = grid.stepY - grid.pictureHeight;
  return { ...grid, stepX: grid.pictureWidth + gap, stepY: grid.pictureHeight + Math.max(least, Math.min(gap, gapY)) };
}

function rowsIn(room: GridRoom, grid: PictureGrid): number {
  return Math.floor((room.height * room.ratio + grid.stepY - grid.pictureHeight) / grid.stepY);
}

/** The grid at this scale, or at the largest scale at which all pictures fit into the room. */
function largestFrom(scale: number, count: number, width: number, height: number, room: GridRoom): PictureGrid {
  const most = evenScale(MOST_SIDE * room.ratio, Math.max(width, height));
  let grid = gridAt(scale, count, width, height, room);
  for (let next = nextScale(scale); next <= most; next = nextScale(next)) {
    const larger = gridAt(next, count, width, height, room);
    if (larger.rows > rowsIn(room, larger) || larger.pictureWidth > room.width * room.ratio) break;
    grid = larger;
  }
  return grid;
}

function leastScale(width: number, height: number, { ratio, width: room }: GridRoom): number {
  const side = room >= WIDE ? LEAST_SIDE_IN_WIDE : LEAST_SIDE;
  return evenScale(Math.ceil(side * ratio), Math.max(width, height));
}

/** All pictures, as large as the room allows, but never smaller than LEAST_SIDE: then the room scrolls. */
export function gridOfAll(count: number, width: number, height: number, room: GridRoom): PictureGrid {
  return spread(largestFrom(leastScale(width, height, room), count, width, height, room), count, room, true);
}

/** As many pictures as fit into the room, in about `aboutRows` rows. */
export function gridThatFits(
  count: number,
  width: number,
  height: number,
  room: GridRoom,
  aboutRows: number,
): PictureGrid {
  const about = evenScale((room.height * room.ratio) / aboutRows - GAP * room.ratio, height);
  // The pictures of a small network can be larger than that.
  const grid = largestFrom(Math.max(leastScale(width, height, room), about), count, width, height, room);
  return spread({ ...grid, rows: Math.max(1, Math.min(grid.rows, rowsIn(room, grid))) }, count, room, false);
}

/** The picture at a point in CSS pixels; undefined in a gap or beyond the last picture. */
export function pictureAt(grid: PictureGrid, count: number, x: number, y: number, ratio: number): number | undefined {
  const [column, row] = [Math.floor((x * ratio) / grid.stepX), Math.floor((y * ratio) / grid.stepY)];
  const inside =
    x * ratio - column * grid.stepX < grid.pictureWidth && y * ratio - row * grid.stepY < grid.pictureHeight;
  const index = row * grid.columns + column;
  return inside && column < grid.columns && row < grid.rows && index < count ? index : undefined;
}
