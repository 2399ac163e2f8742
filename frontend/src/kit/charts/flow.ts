/** Flows between states (a Sankey diagram): registered for the pages that draw one. */
import { SankeyChart } from "echarts/charts";
import { use } from "echarts/core";

use([SankeyChart]);
