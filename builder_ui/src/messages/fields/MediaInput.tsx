import PermMedia from "@mui/icons-material/PermMedia";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Within } from "../../canvas/faults";
import { TextInput } from "../../canvas/TextInput";
import { useMay } from "../../workspace/session";
import { kindsOf } from "../media";
import { contentOf, isContent, textOf } from "../values";
import { ChosenFile } from "./ChosenFile";
import type { FieldInputProps } from "./FieldInput";
import { labelOf } from "./labels";
import { Part } from "./Part";

const MediaPicker = lazy(() => import("../../media/MediaPicker").then((module) => ({ default: module.MediaPicker })));

/** A picture or file: one of the library, or one at an address on the web. */
export function MediaInput({ owner, field, kind, value, change }: FieldInputProps<"media">) {
  const { t } = useTranslation();
  const mayChoose = useMay("media.view");
  const [isChoosing, setChoosing] = useState(false);
  const media = contentOf(value);
  const { asset, url: _, ...own } = media;
  const set = (place: object) => change({ ...own, ...place });
  const write = (address: string) => (address === "" && Object.keys(own).length === 0 ? change(undefined) : set(address ? { url: address } : {}));
  return (
    <Part title={labelOf(t, owner, field)} field={field}>
      <Within at={field}>
        {typeof asset === "string" ? (
          <ChosenFile assetKey={asset} kind={kind} />
        ) : (
          <TextInput label={t("messages.media.address")} field="url" value={textOf(media.url)} change={write} slotProps={{ htmlInput: { inputMode: "url" } }} />
        )}
      </Within>
      <Stack direction="row" sx={{ gap: 1, flexWrap: "wrap" }}>
        {mayChoose && (
          <Button size="small" startIcon={<PermMedia />} onClick={() => setChoosing(true)}>
            {typeof asset === "string" ? t("messages.media.another") : t("messages.media.choose")}
          </Button>
        )}
        {isContent(value) && (
          <Button size="small" color="inherit" onClick={() => change(undefined)}>
            {t("messages.media.remove")}
          </Button>
        )}
      </Stack>
      {isChoosing && (
        <Suspense>
          <MediaPicker
            kinds={kindsOf(kind.formats)}
            choose={({ key }) => {
              set({ asset: key });
              setChoosing(false);
            }}
            close={() => setChoosing(false)}
          />
        </Suspense>
      )}
    </Part>
  );
}
