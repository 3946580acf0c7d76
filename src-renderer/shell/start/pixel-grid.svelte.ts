// Draws a picture of 28 × 28 values as squares on a grid, on a canvas as large as fits the box around it.
import type { Attachment } from 'svelte/attachments';
import { parseHex } from '../../charts/hex-color';
import { readTheme } from '../../charts/theme';
import { SIDE } from './start-drawing';

/** @param read called in an effect, the values [28 × 28], 0 paper to 255 ink: they are drawn again when they change */
export function pixelGrid(read: () => ArrayLike<number>): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const box = canvas.parentElement!;

    function draw(): void {
      const theme = readTheme();
      const values = read();
      // Whole device pixels, so that all squares are equal and crisp.
      const cell = Math.max(1, Math.floor((box.clientWidth * devicePixelRatio - 1) / SIDE));
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
      for (let index = 0; index < values.length; index++) {
        if (values[index] === 0) continue;
        context.fillStyle = `rgb(${red} ${green} ${blue} / ${values[index]! / 255})`;
        context.fillRect((index % SIDE) * cell + 1, Math.floor(index / SIDE) * cell + 1, cell - 1, cell - 1);
      }
    }

    const resized = new ResizeObserver(draw);
    resized.observe(box);
    $effect(draw);
    return () => resized.disconnect();
  };
}
