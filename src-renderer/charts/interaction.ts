// A tooltip mode for lines with points at different positions: it picks the point of each line nearest to the mouse.
import { Interaction, type InteractionItem, type InteractionModeFunction } from 'chart.js';

declare module 'chart.js' {
  interface InteractionModeMap {
    nearestOfEach: InteractionModeFunction;
  }
}

Interaction.modes.nearestOfEach = (chart, event) => {
  const { x } = event as { x: number };
  return chart.getSortedVisibleDatasetMetas().flatMap((meta): InteractionItem[] => {
    let nearest: InteractionItem | undefined;
    meta.data.forEach((element, index) => {
      const closer = !nearest || Math.abs(element.x - x) < Math.abs(nearest.element.x - x);
      if (closer) nearest = { element, index, datasetIndex: meta.index };
    });
    return nearest ? [nearest] : [];
  });
};
