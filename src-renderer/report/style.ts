// The styles of a report: the app's design, light, dark and on paper.
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --panel: #f4f2ee; --ink: #1c1b19; --muted: #6f6b64; --line: #dedad3; --line-strong: #b9b3a9;
  --accent: #0b6e6e; --mistake: #b3261e; --train: #93651d; --validation: #7a4fb0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #161615; --panel: #1d1d1b; --ink: #ece9e3; --muted: #98938a; --line: #32312e; --line-strong: #57544e;
    --accent: #4fc3bb; --mistake: #ff8a80; --train: #d3a95c; --validation: #bd9df2;
  }
}
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --panel: #f4f2ee; --ink: #000; --muted: #555; --line: #ddd; --line-strong: #999;
    --accent: #0b6e6e; --mistake: #b3261e; --train: #93651d; --validation: #7a4fb0;
  }
  section, figure, li { break-inside: avoid; }
  h2 { break-after: avoid; }
}
* { box-sizing: border-box; margin: 0; }
body {
  background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums;
}
main { display: grid; gap: 44px; max-width: 1120px; margin: 0 auto; padding: 48px 32px 72px; }
section { display: grid; gap: 12px; min-width: 0; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -0.02em; overflow-wrap: anywhere; }
h2 { font-size: 18px; }
b { font-weight: 600; }
.muted, caption { color: var(--muted); }
.wrong { color: var(--mistake); }
header { display: grid; gap: 4px; }
.figures { display: flex; flex-wrap: wrap; gap: 12px 44px; padding-top: 18px; }
.figures div { display: flex; flex-direction: column-reverse; }
.figures dt { color: var(--muted); font-size: 13px; }
.figures dd { font-size: 26px; font-weight: 600; letter-spacing: -0.02em; line-height: 1.2; }
.figures div:first-child dd { color: var(--accent); }
.notes { max-width: 72ch; padding-top: 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); gap: 28px; }
figure svg { width: 100%; height: auto; }
table { border-collapse: collapse; font-size: 13px; }
caption { padding-bottom: 8px; text-align: left; }
th { font-weight: 400; text-align: left; }
thead th { color: var(--muted); vertical-align: bottom; }
th, td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.numbers th, .numbers td { padding: 4px 6px; text-align: right; }
.numbers th:first-child { padding-left: 0; text-align: left; }
.matrix { width: 100%; table-layout: fixed; }
.matrix tbody th { font-weight: 600; }
.settings th:first-child { width: 220px; color: var(--muted); }
.settings thead { display: none; }
.pictures { display: flex; flex-wrap: wrap; gap: 16px; padding: 0; list-style: none; font-size: 13px; }
.pictures li { display: grid; gap: 2px; justify-items: start; }
.pictures.tight { gap: 6px; }
.pictures img { background: var(--panel); image-rendering: pixelated; }
@media screen and (prefers-color-scheme: dark) {
  /* Becomes the dark panel's colour when inverted. */
  .pictures .ink { background: #e2e2e4; filter: invert(1); }
}
`;
