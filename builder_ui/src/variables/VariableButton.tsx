import DataObject from "@mui/icons-material/DataObject";
import IconButton from "@mui/material/IconButton";
import InputAdornment from "@mui/material/InputAdornment";
import ListItemText from "@mui/material/ListItemText";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import Tooltip from "@mui/material/Tooltip";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useVariables } from "./current";
import { describe } from "./describe";

interface VariableButtonProps {
  insert: (placeholder: string) => void;
  isMultiline: boolean;
}

/** Everything that can be written into a text, to choose from. */
export function VariableButton({ insert, isMultiline }: VariableButtonProps) {
  const { t } = useTranslation();
  const known = useVariables();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const chosen = useRef<string | null>(null);
  const choose = (name: string) => {
    setAnchor(null);
    chosen.current = name;
  };
  // once the menu has given the focus back to its button: it goes on to the field
  const finish = () => {
    if (chosen.current !== null) insert(`{{${chosen.current}}}`);
    chosen.current = null;
  };
  return (
    <InputAdornment position="end" sx={isMultiline ? { alignSelf: "flex-start", mt: 1 } : {}}>
      <Tooltip title={t("variables.insert")}>
        <IconButton size="small" edge="end" aria-label={t("variables.insert")} aria-haspopup="menu" onClick={(event) => setAnchor(event.currentTarget)}>
          <DataObject fontSize="small" />
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} slotProps={{ transition: { onExited: finish }, paper: { sx: { maxHeight: 360 } } }} onKeyDown={(event) => event.stopPropagation()}>
        {known.map((one) => (
          <MenuItem key={one.name} dense onClick={() => choose(one.name)}>
            <ListItemText primary={one.name} secondary={describe(one, t)} slotProps={{ primary: { sx: { fontFamily: "monospace" } } }} />
          </MenuItem>
        ))}
      </Menu>
    </InputAdornment>
  );
}
