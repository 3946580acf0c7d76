// Icon files for Windows (.ico) and macOS (.icns) from pictures of several sizes.
// https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)
// https://en.wikipedia.org/wiki/Apple_Icon_Image_format

/** From this size on, a picture in an .ico is a PNG; smaller ones are bitmaps, which every part of Windows reads. */
const PNG_FROM = 128;
/**
 * Type in an .icns of PNG pictures: sizes in pixels. Those for a display of double density come as types of their own.
 */
const ICNS_TYPES = { ic07: 128, ic08: 256, ic09: 512, ic10: 1024, ic11: 32, ic12: 64, ic13: 256, ic14: 512 };

/**
 * @param pictures `{ size, png, rgba }` for each size up to 256; `rgba` has 4 bytes a pixel, row by row from the top
 * @returns the bytes of the .ico file
 */
export function icoFile(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  const images = pictures.map(({ size, png, rgba }) => (size < PNG_FROM ? bitmap(size, rgba) : png));
  let offset = header.length;
  for (const [k, { size }] of pictures.entries()) {
    const at = 6 + 16 * k;
    header.writeUInt8(size % 256, at); // 0 stands for 256
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4); // planes
    header.writeUInt16LE(32, at + 6); // bits a pixel
    header.writeUInt32LE(images[k].length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += images[k].length;
  }
  return Buffer.concat([header, ...images]);
}

/**
 * A bitmap as icons have it: without a file header, upside down, BGRA, and with an empty mask, since the alpha channel
 * is used.
 */
function bitmap(size, rgba) {
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(size, 4);
  header.writeInt32LE(2 * size, 8); // pixels and mask
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const pixels = Buffer.alloc(4 * size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const from = 4 * (y * size + x);
      pixels.set([rgba[from + 2], rgba[from + 1], rgba[from], rgba[from + 3]], 4 * ((size - 1 - y) * size + x));
    }
  }
  const maskRow = 4 * Math.ceil(size / 32);
  return Buffer.concat([header, pixels, Buffer.alloc(maskRow * size)]);
}

/**
 * @param pictures `{ size, png }` for each size from 32 to 1024
 * @returns the bytes of the .icns file
 */
export function icnsFile(pictures) {
  const parts = Object.entries(ICNS_TYPES).map(([type, size]) => {
    const picture = pictures.find((each) => each.size === size);
    if (!picture) throw new Error(`An .icns file needs a picture of ${size} by ${size} pixels.`);
    return block(type, picture.png);
  });
  return block('icns', Buffer.concat(parts));
}

function block(type, content) {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([header, content]);
}
