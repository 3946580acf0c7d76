// Installs the Debian packages that Electron and the tests need, as root. The workflows run it with sudo, and the rest
// without.
import { install, TEST_PACKAGES } from './linux.mjs';
import { main } from './project.mjs';

await main(() => install([...TEST_PACKAGES, 'dataset-fashion-mnist']));
