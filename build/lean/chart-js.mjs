// What the page's charts, which are lines of straight segments without animations, never call in Chart.js.
// Functions, and methods as Class.method.

/** The options say animation: false. */
const ANIMATIONS = [
  'Animations._animateOptions',
  'Animations._createAnimations',
  'Animator._notify',
  'Animator._refresh',
  'Animator._update',
  'Animator.add',
  'Animator.start',
  'Config.datasetAnimationScopeKeys',
  'awaitAll',
  'onAnimationProgress',
  'resolveTargetOptions',
];

/** They say parsing: false, because the points are { x, y } already; no dataset has a stack. */
const PARSING = [
  'DatasetController.applyStack',
  'DatasetController.parseArrayData',
  'DatasetController.parseObjectData',
  'DatasetController.parsePrimitiveData',
  'applyStack',
  'convertObjectDataToArray',
  'getLastIndexInStack',
  'getOrCreateStack',
  'updateStacks',
];

/** No line is curved, stepped, or styled by segment. */
const CURVES = [
  '_bezierCurveTo',
  '_bezierInterpolation',
  '_steppedInterpolation',
  '_steppedLineTo',
  '_updateBezierControlPoints',
  'capBezierPoints',
  'doSplitByStyles',
  'monotoneAdjust',
  'monotoneCompute',
  'readStyle',
  'splineCurve',
  'splineCurveMonotone',
  'strokePathDirect',
  'styleChanged',
];

/** Bands lie between two lines: nothing is filled around a circle, or up to a stack of lines. */
const FILLS = ['_buildStackLine', 'addPointsBelow', 'computeCircularBoundary', 'findPoint', 'getLinesBelow'];

/** Tooltips have no colours, and take their items by a mode of their own. */
const TOOLTIPS = [
  'Tooltip._drawColorBox',
  'Tooltip.getActiveElements',
  'Tooltip.setActiveElements',
  'evaluateInteractionItems',
  'getIntersectItems',
  'getNearestCartesianItems',
  'getNearestItems',
  'getNearestRadialItems',
];

/** What only other code than the library's own would call. */
const UNCALLED = [
  'Chart._resetElements',
  'Chart._updateVisibility',
  'Chart.getDataVisibility',
  'Chart.getVisibleDatasetCount',
  'Chart.hide',
  'Chart.reset',
  'Chart.setActiveElements',
  'Chart.setDatasetVisibility',
  'Chart.show',
  'Chart.toBase64Image',
  'Chart.toggleDataVisibility',
  'DatasetController.getAllParsedValues',
  'Registry.addControllers',
  'Registry.addElements',
  'Registry.addPlugins',
  'Registry.addScales',
  'Registry.remove',
  'Registry.removeControllers',
  'Registry.removeElements',
  'Registry.removePlugins',
  'Registry.removeScales',
  'Scale.getDecimalForPixel',
  'Scale.getLineWidthForValue',
  'Scale.getTicks',
  'TypedRegistry.unregister',
];

export const UNUSED_IN_CHART_JS = [ANIMATIONS, PARSING, CURVES, FILLS, TOOLTIPS, UNCALLED].flat();
