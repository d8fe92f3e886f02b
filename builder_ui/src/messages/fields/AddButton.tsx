import Add from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { kindOf } from "../kinds";
import { objectLabel } from "./labels";

interface AddButtonProps {
  label: string;
  of: readonly string[];
  add: (name: string) => void;
}

/** Adds to a list. What can be tapped begins as an answer and may become something else; of other things one is chosen. */
export function AddButton({ label, of, add }: AddButtonProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const isDirect = of.length === 1 || "id" in kindOf(of[0]!).fields;
  const choose = (name: string) => {
    setOpen(false);
    add(name);
  };
  return (
    <>
      <Button
        ref={opener}
        startIcon={<Add />}
        sx={{ alignSelf: "flex-start" }}
        {...(isDirect ? { onClick: () => add(of[0]!) } : { onClick: () => setOpen(true), "aria-haspopup": "menu" as const, "aria-expanded": isOpen })}
      >
        {label}
      </Button>
      {!isDirect && (
        <Menu disableRestoreFocus open={isOpen} anchorEl={() => opener.current!} onClose={() => setOpen(false)}>
          {of.map((name) => (
            <MenuItem key={name} onClick={() => choose(name)}>
              {objectLabel(t, name)}
            </MenuItem>
          ))}
        </Menu>
      )}
    </>
  );
}
