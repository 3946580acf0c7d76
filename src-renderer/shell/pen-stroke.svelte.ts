// Draws a "3" as one pen stroke, rasterizes it to 28 × 28 values, and draws them as squares.
import { parseHex } from '../charts/hex-color';
import { readTheme } from '../charts/theme';

const SIDE = 28;
const PEN = 2.5;

/** One stroke, in pixels of the 28 × 28 picture. */
const STROKE = new Path2D(
  'M8.2 7.4 C10.4 4.6 18.6 3.4 19.2 7.9 C19.6 11 15.4 12.7 12.6 13.2 C16.4 12.8 20.8 14.6 20.2 18.4 C19.4 23.2 ' +
    '11.6 24.6 7.6 21.4',
);

/** [28 × 28], 0 paper to 255 ink */
function strokeValues(): Uint8ClampedArray {
  const context = new OffscreenCanvas(SIDE, SIDE).getContext('2d')!;
  context.lineWidth = PEN;
  context.lineCap = context.lineJoin = 'round';
  context.stroke(STROKE);
  return context.getImageData(0, 0, SIDE, SIDE).data.filter((_, index) => index % 4 === 3);
}

/** Draws the grid on the box's canvas, as large as fits the box in whole device pixels. */
export function inkedGrid(box: HTMLElement): () => void {
  const canvas = box.querySelector('canvas')!;
  const values = strokeValues();

  function draw(): void {
    const theme = readTheme();
    const cell = Math.max(1, Math.floor((box.clientWidth * devicePixelRatio) / SIDE));
    canvas.width = canvas.height = cell * SIDE + 1;
    canvas.style.width = canvas.style.height = `${canvas.width / devicePixelRatio}px`;
    const context = canvas.getContext('2d')!;
    context.strokeStyle = theme.line;
    for (let line = 0; line <= SIDE; line++) {
      const at = line * cell + 0.5;
      context.moveTo(at, 0);
      context.lineTo(at, canvas.height);
      context.moveTo(0, at);
      context.lineTo(canvas.width, at);
    }
    context.stroke();
    const [red, green, blue] = parseHex(theme.ink);
    values.forEach((value, index) => {
      if (value === 0) return;
      context.fillStyle = `rgb(${red} ${green} ${blue} / ${value / 255})`;
      context.fillRect((index % SIDE) * cell + 1, Math.floor(index / SIDE) * cell + 1, cell - 1, cell - 1);
    });
  }

  const resized = new ResizeObserver(draw);
  resized.observe(box);
  $effect(draw);
  return () => resized.disconnect();
}
