import Box from "@mui/material/Box";
import { useTheme } from "@mui/material/styles";
import { BarChart } from "@mui/x-charts/BarChart";
import { type Summary, valueText } from "./answers";

const MOST_BARS = 12;
const LONGEST_LABEL = 18;
const BAR_PX = 34;
const AROUND_PX = 56;

const short = (text: string) => (text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text);

/** The most frequent values as bars. Those who cannot see them have the same in the table beside. */
export function CountChart({ summary: { counts } }: { summary: Summary }) {
  const { palette } = useTheme();
  const shown = counts.slice(0, MOST_BARS);
  const labels = shown.map(({ value }) => valueText(value));
  return (
    <Box aria-hidden sx={{ minWidth: 0 }}>
      <BarChart
        layout="horizontal"
        height={shown.length * BAR_PX + AROUND_PX}
        hideLegend
        disableKeyboardNavigation
        colors={[palette.primary.main]}
        series={[{ data: shown.map(({ threads }) => threads) }]}
        // two values may read the same, so bars are told apart by their place
        yAxis={[
          {
            scaleType: "band",
            data: labels.map((_, place) => place),
            width: 140,
            valueFormatter: (place: number, { location }) => (location === "tick" ? short(labels[place] ?? "") : (labels[place] ?? "")),
          },
        ]}
        xAxis={[{ tickMinStep: 1 }]}
      />
    </Box>
  );
}
