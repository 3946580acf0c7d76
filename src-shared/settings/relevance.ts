// Which settings have an effect, given the others: momentum has none without an optimizer that uses it. Pure.
import type { FieldName, Settings } from './settings';

/** The settings that decide over others. */
export type Deciding = Pick<Settings, 'activation' | 'initialisation' | 'optimizer' | 'schedule' | 'elasticStrength'>;

const WITH_MOMENTUM: readonly string[] = ['momentum', 'nesterov', 'adam', 'adamw'];
const WITH_SQUARES: readonly string[] = ['rmsprop', 'adam', 'adamw'];

export function hasEffect(name: FieldName, by: Deciding): boolean {
  switch (name) {
    case 'leakySlope':
      return by.activation === 'leaky-relu';
    case 'outputFan':
      return by.initialisation === 'he';
    case 'momentum':
      return WITH_MOMENTUM.includes(by.optimizer);
    case 'squareDecay':
      return WITH_SQUARES.includes(by.optimizer);
    case 'stepEpochs':
    case 'stepFactor':
      return by.schedule === 'step';
    case 'elasticSmoothness':
      return by.elasticStrength > 0;
    default:
      return true;
  }
}
