import Box from "@mui/material/Box";
import Chip from "@mui/material/Chip";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import { en } from "../i18n/en";
import { byNode, type NodeChanges, told } from "./differences";
import type { Change } from "./versions";

const COLORS = { added: "success", removed: "error", changed: "warning", reordered: "warning" } as const;
type Kind = keyof typeof COLORS;
const kindOf = (kind: string): Kind => (Object.hasOwn(COLORS, kind) ? (kind as Kind) : "changed");

interface ChangeListProps {
  changes: readonly Change[];
  /** What the nodes of either version are called, by their ids. */
  names: ReadonlyMap<string, string>;
}

/** What is different, step by step. */
export function ChangeList({ changes, names }: ChangeListProps) {
  const { t } = useTranslation();
  return (
    <Stack component="ul" aria-label={t("history.view_list")} sx={{ listStyle: "none", p: 0, m: 0, gap: 2 }}>
      {byNode(changes).map((one) => (
        <OneNode key={one.node} {...one} names={names} />
      ))}
    </Stack>
  );
}

function OneNode({ node, changes, names }: NodeChanges & { names: ChangeListProps["names"] }) {
  const { t } = useTranslation();
  const whole = changes.find(({ field }) => field === "");
  return (
    <li>
      <Stack direction="row" sx={{ gap: 1, alignItems: "center" }}>
        <Typography sx={{ fontWeight: 650 }}>{node ? (names.get(node) ?? (told(whole?.before, names) || node)) : t("history.chatbot")}</Typography>
        {whole && <Chip size="small" variant="outlined" color={COLORS[kindOf(whole.kind)]} label={t(`history.${kindOf(whole.kind)}`)} />}
      </Stack>
      {changes.map((change) => change.field && <OneField key={change.field + change.kind} change={change} names={names} />)}
    </li>
  );
}

function OneField({ change, names }: { change: NodeChanges["changes"][number]; names: ChangeListProps["names"] }) {
  const { t } = useTranslation();
  const { fields } = en.history;
  const key = change.field.replaceAll(".", "_");
  const name = Object.hasOwn(fields, key) ? t(`history.fields.${key as keyof typeof fields}`) : change.field;
  const [before, after] = [told(change.before, names), told(change.after, names)];
  return (
    <Box sx={{ pl: 2, pt: 0.5, overflowWrap: "anywhere" }}>
      <Typography variant="body2" sx={{ color: "text.secondary" }}>
        {name}
        {change.kind === "reordered" && ` (${t("history.reordered")})`}
      </Typography>
      {before && (
        <Typography component="del" sx={{ display: "block", whiteSpace: "pre-wrap", color: "error.main" }}>
          {before}
        </Typography>
      )}
      {after && (
        <Typography component="ins" sx={{ display: "block", whiteSpace: "pre-wrap", color: "success.main", textDecoration: "none" }}>
          {after}
        </Typography>
      )}
    </Box>
  );
}
