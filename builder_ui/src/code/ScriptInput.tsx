import Box from "@mui/material/Box";
import FormHelperText from "@mui/material/FormHelperText";
import FormLabel from "@mui/material/FormLabel";
import { lazy, Suspense, useCallback, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useDuring, useEditor } from "../canvas/editor";
import { useFault } from "../canvas/faults";
import { useIsEditing } from "../fields/editing";
import type { InputProps } from "../fields/field";
import { textOf } from "../fields/text";
import { useVariables } from "../variables/current";
import { describe } from "../variables/describe";
import { type Language, offersAt } from "./offers";
import { ScriptTrial } from "./ScriptTrial";
import type { TriedScript } from "./trial";

const CodeEditor = lazy(() => import("./CodeEditor").catch(() => import("./PlainEditor")));

/** A script: written with what it can use at hand, and run with values before a contact meets it. */
export function ScriptInput({ name, label, thing, value, set }: InputProps) {
  const { t } = useTranslation();
  const known = useVariables();
  const during = useDuring();
  const isEditing = useIsEditing();
  const channel = useEditor(({ scenario }) => scenario.channel);
  const fault = useFault(name);
  const id = useId();
  const visits = useRef(0);
  const [tried, setTried] = useState<{ source: string; result: TriedScript } | null>(null);
  const { language: written, type, message_type = "text" } = thing as { language?: unknown; type?: unknown; message_type?: unknown };
  const language: Language = written === "python" ? "python" : "javascript";
  const source = textOf(value);
  const offers = useCallback((before: string) => offersAt(before, language, known, (one) => describe(one, t)), [language, known, t]);
  const error = tried?.source === source ? tried.result.error : null;
  const wrong = useMemo(() => (error?.line ? { line: error.line, message: error.message } : null), [error]);
  const asks = type === "dynamic_message" ? { channel, message_type: textOf(message_type) } : {};
  return (
    <div>
      <FormLabel component="p" error={fault?.severity === "error"} sx={{ fontSize: "0.75rem", mt: 0, mb: 0.5 }}>
        {label}
      </FormLabel>
      <Suspense fallback={<Box sx={{ minHeight: "9rem" }} />}>
        <CodeEditor
          label={label}
          helpId={`${id}-help`}
          value={source}
          language={language}
          offersAt={offers}
          isReadOnly={!isEditing}
          enter={() => void visits.current++}
          change={(typed) => during(`${id} ${visits.current}`, () => set(typed))}
          fault={wrong}
        />
      </Suspense>
      <FormHelperText id={`${id}-help`} error={fault?.severity === "error"}>
        {fault?.message ?? t("code.help")}
      </FormHelperText>
      {isEditing && <ScriptTrial script={{ language, source, ...asks }} result={tried?.result ?? null} told={(result) => setTried({ source, result })} />}
    </div>
  );
}
