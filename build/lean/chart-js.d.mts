export const UNUSED_IN_CHART_JS: readonly string[];
