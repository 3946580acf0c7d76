// Where pictures of one size stand in a room: as large as fits, in whole device pixels, so that none is smeared. Pure.

export interface GridRoom {
  width: number;
  height: number;
  /** Device pixels a CSS pixel. */
  ratio: number;
}

export interface PictureGrid {
  /** Device pixels a picture's pixel. */
  scale: number;
  columns: number;
  rows: number;
  /** All of these in device pixels: a picture, and a picture with the gap that follows it. */
  pictureWidth: number;
  pictureHeight: number;
  stepX: number;
  stepY: number;
}

const GAP = 6;
/** CSS pixels a picture's pixel, less than which nothing can be seen in a weight picture. */
const LEAST_SCALE = 2;
const MOST_SCALE = 8;

function gridAt(scale: number, count: number, width: number, height: number, room: GridRoom): PictureGrid {
  const gap = Math.round(GAP * room.ratio);
  const [pictureWidth, pictureHeight] = [width * scale, height * scale];
  const [stepX, stepY] = [pictureWidth + gap, pictureHeight + gap];
  const columns = Math.max(1, Math.min(count, Math.floor((room.width * room.ratio + gap) / stepX)));
  return { scale, columns, rows: Math.ceil(count / columns), pictureWidth, pictureHeight, stepX, stepY };
}

/** Spreads the columns to the room's right edge; the rows follow as far as they have room for it. */
function spread(grid: PictureGrid, count: number, room: GridRoom, mayScroll: boolean): PictureGrid {
  if (grid.columns < 2 || count < grid.columns * 2) return grid;
  const free = room.width * room.ratio - grid.columns * grid.pictureWidth;
  const gap = Math.floor(free / (grid.columns - 1));
  const freeHeight = room.height * room.ratio - grid.rows * grid.pictureHeight;
  const gapY = mayScroll && freeHeight < 0 ? gap : Math.floor(freeHeight / Math.max(1, grid.rows - 1));
  const least = grid.stepY - grid.pictureHeight;
  return { ...grid, stepX: grid.pictureWidth + gap, stepY: grid.pictureHeight + Math.max(least, Math.min(gap, gapY)) };
}

function rowsIn(room: GridRoom, grid: PictureGrid): number {
  return Math.floor((room.height * room.ratio + grid.stepY - grid.pictureHeight) / grid.stepY);
}

/** All pictures, as large as the room allows, but never so small that nothing is seen: then the room scrolls. */
export function gridOfAll(count: number, width: number, height: number, room: GridRoom): PictureGrid {
  const least = Math.ceil(LEAST_SCALE * room.ratio);
  let grid = gridAt(least, count, width, height, room);
  for (let scale = least + 1; scale <= MOST_SCALE * room.ratio; scale++) {
    const larger = gridAt(scale, count, width, height, room);
    if (larger.rows > rowsIn(room, larger)) break;
    grid = larger;
  }
  return spread(grid, count, room, true);
}

/** As many pictures as fit into the room, large enough to leave about so many rows. */
export function gridThatFits(count: number, width: number, height: number, room: GridRoom, aboutRows: number): PictureGrid {
  const least = Math.ceil(LEAST_SCALE * room.ratio);
  let scale = Math.max(least, Math.floor((room.height * room.ratio) / aboutRows / (height + GAP / LEAST_SCALE)));
  let grid = gridAt(scale, count, width, height, room);
  // A small network has room for larger pictures than that.
  while (scale < MOST_SCALE * room.ratio) {
    const larger = gridAt(++scale, count, width, height, room);
    if (larger.rows > rowsIn(room, larger)) break;
    grid = larger;
  }
  return spread({ ...grid, rows: Math.max(1, Math.min(grid.rows, rowsIn(room, grid))) }, count, room, false);
}

/** The picture under a point given in CSS pixels; undefined in a gap or beyond the last. */
export function pictureAt(grid: PictureGrid, count: number, x: number, y: number, ratio: number): number | undefined {
  const [column, row] = [Math.floor((x * ratio) / grid.stepX), Math.floor((y * ratio) / grid.stepY)];
  const inside = x * ratio - column * grid.stepX < grid.pictureWidth && y * ratio - row * grid.stepY < grid.pictureHeight;
  const index = row * grid.columns + column;
  return inside && column < grid.columns && row < grid.rows && index < count ? index : undefined;
}
