import { createTheme, type Theme } from "@mui/material/styles";
import type {} from "@mui/x-data-grid/themeAugmentation";

/** MUI's colours are computed from, so they are written out; the same as in styles/tokens.css. */
const COLOURS = {
  light: { accent: "#0f766e", canvas: "#f5f7f8", surface: "#ffffff", text: "#15211f", quiet: "#50605e", line: "#dbe3e3", danger: "#b3261e", warning: "#6b4a00" },
  dark: { accent: "#5eead4", canvas: "#0e1416", surface: "#172023", text: "#e7eeec", quiet: "#a3b3b0", line: "#2b383b", danger: "#ffb4ab", warning: "#fcd980" },
} as const;

/** The look of MUI's components on a light or a dark page. */
export function themeOf(mode: "light" | "dark"): Theme {
  const colours = COLOURS[mode];
  return createTheme({
    palette: {
      mode,
      primary: { main: colours.accent },
      error: { main: colours.danger },
      warning: { main: colours.warning },
      background: { default: colours.canvas, paper: colours.surface },
      text: { primary: colours.text, secondary: colours.quiet },
      divider: colours.line,
      DataGrid: { bg: colours.surface, headerBg: colours.surface, pinnedBg: colours.surface },
    },
    shape: { borderRadius: 10 },
    typography: {
      fontFamily: "var(--font)",
      button: { textTransform: "none", fontWeight: 600 },
      h1: { fontSize: "1.5rem", fontWeight: 700 },
      h2: { fontSize: "1.125rem", fontWeight: 650 },
      h3: { fontSize: "1rem", fontWeight: 650 },
    },
    components: {
      MuiPaper: { styleOverrides: { root: { backgroundImage: "none" } } },
      MuiButton: { defaultProps: { disableElevation: true } },
      MuiTextField: { defaultProps: { size: "small", fullWidth: true } },
      MuiFormControl: { defaultProps: { size: "small" } },
      MuiDialog: { defaultProps: { fullWidth: true, maxWidth: "sm" } },
      MuiDialogActions: { styleOverrides: { root: { padding: "12px 24px 20px" } } },
      MuiTooltip: { defaultProps: { enterDelay: 400 } },
    },
  });
}
