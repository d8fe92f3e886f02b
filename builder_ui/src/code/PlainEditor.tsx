import { TextInput } from "../canvas/TextInput";
import type { CodeEditorProps } from "./CodeEditor";

/** Where the editor for scripts could not be loaded: code can be written all the same. */
export default function PlainEditor({ label, value, change }: CodeEditorProps) {
  return <TextInput label={label} value={value} change={change} multiline minRows={8} slotProps={{ htmlInput: { spellCheck: false, style: { fontFamily: "monospace", fontSize: 13 } } }} />;
}
