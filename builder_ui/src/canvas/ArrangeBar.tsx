import AlignHorizontalCenter from "@mui/icons-material/AlignHorizontalCenter";
import AlignHorizontalLeft from "@mui/icons-material/AlignHorizontalLeft";
import AlignHorizontalRight from "@mui/icons-material/AlignHorizontalRight";
import AlignVerticalBottom from "@mui/icons-material/AlignVerticalBottom";
import AlignVerticalCenter from "@mui/icons-material/AlignVerticalCenter";
import AlignVerticalTop from "@mui/icons-material/AlignVerticalTop";
import ViewWeek from "@mui/icons-material/ViewWeekOutlined";
import TableRows from "@mui/icons-material/TableRowsOutlined";
import Paper from "@mui/material/Paper";
import { Panel } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { ARRANGEMENT_NAMES, ARRANGEMENTS, type Arrangement } from "./arrange";
import { useEditor, useEditorStore } from "./editor";
import { arrange } from "./selection";
import { Tool } from "./Tool";

const ICONS = {
  left: AlignHorizontalLeft,
  center: AlignHorizontalCenter,
  right: AlignHorizontalRight,
  top: AlignVerticalTop,
  middle: AlignVerticalCenter,
  bottom: AlignVerticalBottom,
  across: ViewWeek,
  down: TableRows,
} satisfies Record<Arrangement, unknown>;

/** What can be done with several chosen steps: put them in order. It is there while several are chosen. */
export function ArrangeBar() {
  const { t } = useTranslation();
  const editor = useEditorStore();
  const count = useEditor(({ chosen, scenario }) => (chosen.length < 2 ? 0 : scenario.nodes.filter(({ id }) => chosen.includes(id)).length));
  if (count < 2) return null;
  return (
    <Panel position="top-center">
      <Paper elevation={3} role="toolbar" aria-label={t("arrange.selected", { count })} sx={{ display: "flex", flexWrap: "wrap", px: 0.5 }}>
        {ARRANGEMENT_NAMES.map((name) => {
          const Icon = ICONS[name];
          return (
            <Tool key={name} name={t(`arrange.${name}`)} isOff={count < ARRANGEMENTS[name].least} run={() => arrange(editor, name)}>
              <Icon fontSize="small" />
            </Tool>
          );
        })}
      </Paper>
    </Panel>
  );
}
