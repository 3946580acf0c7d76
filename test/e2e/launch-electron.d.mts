import type { _electron, ElectronApplication } from '@playwright/test';
export function launchElectron(
  options: Omit<NonNullable<Parameters<typeof _electron.launch>[0]>, 'timeout'>,
): Promise<ElectronApplication>;
