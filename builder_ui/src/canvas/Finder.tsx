import Autocomplete from "@mui/material/Autocomplete";
import Dialog from "@mui/material/Dialog";
import TextField from "@mui/material/TextField";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Node } from "../scenario/model";
import { useEditor } from "./editor";
import { found } from "./found";

const asTheyAre = (options: Node[]) => options;

/** Finds a node by what it says or is called (ED-5). */
export function Finder({ go, close }: { go: (id: string) => void; close: () => void }) {
  const { t } = useTranslation();
  const nodes = useEditor(({ scenario }) => scenario.nodes);
  const [text, setText] = useState("");
  const options = useMemo(() => found(nodes, text), [nodes, text]);
  return (
    <Dialog open onClose={close} aria-label={t("canvas.find")} sx={{ "& .MuiDialog-container": { alignItems: "flex-start" } }}>
      <Autocomplete
        open
        disablePortal
        autoHighlight
        options={options}
        filterOptions={asTheyAre}
        inputValue={text}
        onInputChange={(_, written) => setText(written)}
        getOptionLabel={(node) => node.label || node.id}
        getOptionKey={(node) => node.id}
        onClose={(_, reason) => reason === "escape" && close()}
        onChange={(_, node) => {
          close();
          if (node) go(node.id);
        }}
        noOptionsText={t("canvas.nothing_found")}
        slotProps={{ popper: { sx: { position: "static !important", transform: "none !important" } as object } }}
        renderInput={(input) => <TextField {...input} autoFocus label={t("canvas.find")} sx={{ m: 2, width: "calc(100% - 2rem)" }} />}
      />
    </Dialog>
  );
}
