// Who may import whom. Every row whose `from` fits is checked; paths are relative to the project. A message says what
// to do instead.

const ROOMS = 'data|settings|training|weights|mistakes|draw|map|network|runs|export|report|present';
/** The part of the page that a path belongs to, such as "src-renderer/map/". */
export const roomOf = (file) => new RegExp(`^src-renderer/(?:${ROOMS})/`).exec(file)?.[0];

const within =
  (...folders) =>
  (file) =>
    folders.some((folder) => file.startsWith(folder));
const isNode = (target) => /^node:/.test(target);

/** `target` is a path of the project, or the name of a package. */
export const DIRECTIONS = [
  {
    from: within('src-shared/nn/'),
    allows: within('src-shared/nn/'),
    message: 'nn/ is mathematics and knows nothing of the product. Pass what it needs as a number or a function.',
  },
  {
    from: within('src-shared/'),
    allows: (target) => within('src-shared/')(target) || target === 'zod',
    message: 'src-shared is what both sides know: it imports nothing but zod. Move what it needs into src-shared.',
  },
  {
    from: (file) => file.startsWith('src-shared/') && file !== 'src-shared/contract.ts',
    allows: (target) => target !== 'src-shared/contract.ts',
    message:
      'The contract imports the shapes, never the other way round. Move the shape into settings/, data/, runs/, ' +
      'networks/ or app/ and import it from there.',
  },
  {
    from: within('src-renderer/'),
    allows: (target) => !within('src-main/')(target) && target !== 'electron' && !isNode(target),
    message: 'The page knows only src-shared. Move what both sides need there, or ask the main process by a command.',
  },
  {
    from: within('src-renderer/ui/'),
    allows: (target) => !/^src-renderer\/(?!ui\/)/.test(target),
    message: 'ui/ knows nothing of the app. Pass it as a property, or move the component into the room that uses it.',
  },
  {
    from: within('src-renderer/charts/'),
    allows: (target) => !/^src-renderer\/(?!ui\/|charts\/|glossary\/)/.test(target),
    message:
      'charts/ draws what it is given. Pass the data as a property, or move the file into the room that uses it.',
  },
  {
    from: within('src-renderer/glossary/'),
    allows: (target) => !/^src-renderer\/(?!ui\/|glossary\/)/.test(target),
    message: 'glossary/ explains words wherever they stand. Pass what it needs as a property.',
  },
  {
    from: within('src-renderer/client/'),
    allows: (target) => !/^src-renderer\/(?!ui\/|client\/)/.test(target),
    message: 'client/ is below the rooms. Move what it needs into client/ or ui/.',
  },
  {
    from: (file) => roomOf(file) !== undefined,
    allows: (target) => !within('src-renderer/shell/')(target),
    message: 'A room does not know the shell around it. Pass what it needs as a property, or move it into client/.',
  },
  {
    from: within('src-renderer/'),
    allows: (target, file) => {
      const room = roomOf(target);
      if (room === undefined || room === roomOf(file) || target === `${room}index.ts`) return true;
      return file === 'src-renderer/shell/tab-code.ts'; // loads each tab when it is first opened
    },
    message: 'Take from another room only what its index.ts exports. Export it there and import it from the room.',
  },
  {
    from: within('src-main/'),
    allows: (target) => !within('src-renderer/')(target),
    message: 'The processes do not know the page. Move what both sides need into src-shared.',
  },
  {
    from: within('src-main/files/'),
    allows: (target) => !/^src-main\/(?!files\/)/.test(target),
    message: 'files/ knows nothing of the app. Pass what it needs, or move the file to where it is used.',
  },
  {
    from: within('src-main/formats/', 'src-main/datasets/'),
    allows: (target) =>
      target !== 'electron' && !/^src-main\/(?!files\/|formats\/|datasets\/|trainer\/data\/)/.test(target),
    message:
      'formats/ and datasets/ read and write files, also on the command line. They use files/ and trainer/data/.',
  },
  {
    from: within('src-main/trainer/data/'),
    allows: (target) => !/^src-main\/(?!files\/|formats\/npy\/|trainer\/data\/)/.test(target),
    message: 'trainer/data/ is below datasets/ and engine/. Move what it needs into files/ or trainer/data/.',
  },
  {
    from: within('src-main/trainer/engine/'),
    allows: (target) => !/^src-main\/(?!trainer\/engine\/|trainer\/data\/)/.test(target),
    message: 'The engine knows batches and weights, no runs. Pass what it needs as an argument.',
  },
  {
    from: within('src-main/trainer/'),
    allows: (target) => !/^src-main\/(?!trainer\/|files\/|formats\/npy\/)/.test(target),
    message: 'The trainer is a process of its own and knows the others only by the contract. Send it as an order.',
  },
  {
    from: (file) => /^src-main\/(?:trainer|cli|formats|datasets|files)\//.test(file),
    allows: (target, file) =>
      target !== 'electron' || /\/(?:entry|command-process|start-from-arguments)\.ts$/.test(file),
    message: 'This runs under Node without Electron too. Pass what it needs of Electron as an argument.',
  },
  {
    from: (file) => /^src-main\/(?!bridge\/|main\.ts)/.test(file),
    allows: (target) => !within('src-main/bridge/')(target),
    message: 'bridge/ answers the page and is above the other rooms. Pass what you need of it as an argument.',
  },
  {
    from: within('src-main/supervisor/'),
    allows: (target) => !within('src-main/runs/')(target),
    message: 'The supervisor keeps the trainer alive and knows no store of runs. Give it a listener.',
  },
];

/**
 * @param target a path of the project, or the name of a package
 * @returns the messages of the directions that an import breaks
 */
export const wrongDirections = (file, target) =>
  DIRECTIONS.filter(({ from, allows }) => from(file) && !allows(target, file)).map(({ message }) => message);
