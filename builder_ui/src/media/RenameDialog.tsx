import TextField from "@mui/material/TextField";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FormDialog } from "../workspace/FormDialog";
import { fieldError } from "../workspace/places";
import { type Media, rename } from "./media";

/** Another name; what names the file by its key goes on to find it. */
export function RenameDialog({ file, close }: { file: Media; close: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(file.name);
  const renaming = useMutation({ mutationFn: () => rename(file.key, name), onSuccess: close });
  return (
    <FormDialog title={t("media.rename_title", { name: file.name })} verb={t("media.rename")} saving={renaming} close={close}>
      <TextField
        label={t("media.name")}
        helperText={t("media.rename_help")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        autoFocus
        onFocus={(event) => event.target.select()}
        required
        {...fieldError(renaming.error, "/name")}
      />
    </FormDialog>
  );
}
