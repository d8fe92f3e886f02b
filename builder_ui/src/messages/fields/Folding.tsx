import ExpandLess from "@mui/icons-material/ExpandLess";
import ExpandMore from "@mui/icons-material/ExpandMore";
import Button from "@mui/material/Button";
import { useState } from "react";
import { useSeverityInside } from "../../canvas/faults";
import { fieldsOf } from "../kinds";
import { type Content, textOf } from "../values";

/** From so many on the large items of a list are folded to begin with. */
const MANY = 3;

/** Whether an item takes so much room that it can be folded: it holds lists of its own. */
export const isLarge = (name: string) => fieldsOf(name).some(([, { kind }]) => kind === "list");

/** Whether an item is open: to begin with where there are few, where it is new, or where something is wrong in it. */
export function useFolding(name: string | undefined, index: number, countBefore: number): [boolean, (open: boolean) => void] {
  const severity = useSeverityInside();
  return useState(() => name === undefined || !isLarge(name) || countBefore < MANY || index >= countBefore || severity !== null);
}

interface FoldButtonProps {
  label: string;
  item: Content;
  isOpen: boolean;
  show: (open: boolean) => void;
}

/** Opens and folds an item; folded it says how it begins. */
export function FoldButton({ label, item, isOpen, show }: FoldButtonProps) {
  const severity = useSeverityInside();
  const begin = [item.title, item.text].map(textOf).find(Boolean);
  return (
    <Button
      size="small"
      color={severity === "error" ? "error" : "inherit"}
      aria-expanded={isOpen}
      startIcon={isOpen ? <ExpandLess /> : <ExpandMore />}
      onClick={() => show(!isOpen)}
      sx={{ justifyContent: "flex-start", textAlign: "left", overflowWrap: "anywhere" }}
    >
      {isOpen || !begin ? label : `${label}: ${begin}`}
    </Button>
  );
}
