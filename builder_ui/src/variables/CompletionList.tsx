import List from "@mui/material/List";
import ListItemButton from "@mui/material/ListItemButton";
import ListItemText from "@mui/material/ListItemText";
import Paper from "@mui/material/Paper";
import Popper from "@mui/material/Popper";
import { useTranslation } from "react-i18next";
import type { Completing } from "./useCompletion";

/** What can be chosen, below the field that is typed into. */
export function CompletionList({ completing }: { completing: Completing }) {
  const { t } = useTranslation();
  const { found, active, input, listId, optionId, choose } = completing;
  if (!found) return null;
  return (
    <Popper open disablePortal anchorEl={input.current} placement="bottom-start" popperOptions={{ strategy: "fixed" }} sx={{ zIndex: "modal", maxWidth: "90vw" }}>
      <Paper elevation={4} sx={{ maxHeight: 260, overflow: "auto", border: 1, borderColor: "divider" }}>
        <List dense id={listId} role="listbox" aria-label={t("variables.suggested")}>
          {found.options.map((option, index) => (
            <ListItemButton
              key={option.label}
              id={optionId(index)}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              selected={index === active}
              ref={(element: HTMLElement | null) => void (index === active && element?.scrollIntoView({ block: "nearest" }))}
              onMouseDown={(event) => {
                event.preventDefault(); // the field keeps the focus
                choose(option);
              }}
            >
              <ListItemText primary={option.label} secondary={option.detail} slotProps={{ primary: { sx: { fontFamily: "monospace" } } }} />
            </ListItemButton>
          ))}
        </List>
      </Paper>
    </Popper>
  );
}
