// Draws the points of a map on a canvas, and animates them to their new positions when the map changes.
import { prefersReducedMotion } from 'svelte/motion';
import type { Attachment } from 'svelte/attachments';
import { parseHex } from '../charts/hex-color';
import { readTheme } from '../charts/theme';
import { scaleOf, toScreen, type MapView, type Room } from './map-view';
import type { Projection } from './projection';
import { disc, fill, ring, stampAt, type Pixels } from './stamps';

export interface MapPicture {
  projection: Projection;
  view: MapView;
  room: Room;
  /** Device pixels to a CSS pixel. */
  ratio: number;
  labels: Uint16Array;
  /** Classes that are not drawn. */
  hidden: readonly number[];
  /** 1 for each misclassified image, 0 otherwise. If undefined, no image is ringed. */
  misclassified: Uint8Array | undefined;
  /** 1 for each chosen image, 0 otherwise. If undefined, all are drawn as chosen. */
  chosen: Uint8Array | undefined;
}

type Places = Pick<Projection, 'positions' | 'extent'>;

const MOVE_MS = 140;
/** Opacity of points. */
const POINT = 0.85;
const UNCHOSEN = 0.14;

/** Radius in CSS pixels: larger if there is more room per point, and if the map is zoomed in. */
export function pointRadius(count: number, { width, height }: Room, zoom: number): number {
  const base = 0.34 * Math.sqrt((width * height) / Math.max(1, count));
  return Math.max(1.6, Math.min(4, base)) * Math.min(2, zoom ** 0.35);
}

/** @param read called in an effect: the map is drawn again when anything that it reads changes */
export function mapPicture(read: () => MapPicture): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const context = canvas.getContext('2d', { alpha: false })!;
    let drawn: { places: Places; target: Projection } | undefined;
    let frame = 0;
    let image: ImageData | undefined;

    function draw(picture: MapPicture, places: Places): void {
      const [width, height] = [
        Math.round(picture.room.width * picture.ratio),
        Math.round(picture.room.height * picture.ratio),
      ];
      if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
      if (image?.width !== width || image.height !== height) image = new ImageData(width, height);
      paint(image, picture, places);
      context.putImageData(image, 0, 0);
      drawn = { places, target: picture.projection };
    }

    $effect(() => {
      const picture = read();
      if (picture.room.width < 1 || picture.room.height < 1) return;
      cancelAnimationFrame(frame);
      const from = drawn?.places;
      const moves =
        from && drawn?.target !== picture.projection && from.positions.length === picture.projection.positions.length;
      if (!moves || prefersReducedMotion.current) return draw(picture, picture.projection);
      const start = performance.now();
      const step = (now: number): void => {
        const done = Math.min(1, Math.max(0, now - start) / MOVE_MS);
        draw(picture, done === 1 ? picture.projection : between(from, picture.projection, 1 - (1 - done) ** 3));
        if (done < 1) frame = requestAnimationFrame(step);
      };
      step(start);
      return () => cancelAnimationFrame(frame);
    });
  };
}

function between(from: Places, to: Places, share: number): Places {
  const mix = (a: number, b: number): number => a + (b - a) * share;
  return {
    positions: to.positions.map((position, i) => mix(from.positions[i]!, position)),
    extent: [mix(from.extent[0], to.extent[0]), mix(from.extent[1], to.extent[1])],
  };
}

function paint(
  pixels: Pixels,
  { view, room, ratio, labels, hidden, misclassified, chosen }: MapPicture,
  places: Places,
): void {
  const theme = readTheme();
  const colors = theme.classes.map(parseHex);
  const mistake = parseHex(theme.mistake);
  const screen = toScreen(places.positions, scaleOf(places, view, room), view, room);
  const count = screen.length / 2;
  const radius = pointRadius(count, room, view.zoom);
  const dot = disc(radius * ratio);
  const circle = ring((radius + 3) * ratio, 1.5 * ratio);
  const isVisible = (i: number): boolean => !hidden.includes(labels[i]!);

  fill(pixels, parseHex(theme.paper));
  // Chosen points are drawn last, on top of the others.
  for (const last of chosen ? [0, 1] : [1]) {
    for (let i = 0; i < count; i++) {
      if ((chosen?.[i] ?? 1) !== last || !isVisible(i)) continue;
      stampAt(
        pixels,
        dot,
        screen[2 * i]! * ratio,
        screen[2 * i + 1]! * ratio,
        colors[labels[i]! % colors.length]!,
        last ? POINT : UNCHOSEN,
      );
    }
  }
  if (!misclassified) return;
  for (let i = 0; i < count; i++) {
    if (misclassified[i] && isVisible(i))
      stampAt(
        pixels,
        circle,
        screen[2 * i]! * ratio,
        screen[2 * i + 1]! * ratio,
        mistake,
        (chosen?.[i] ?? 1) ? 1 : UNCHOSEN,
      );
  }
}
