import Box from "@mui/material/Box";
import TextField, { type TextFieldProps } from "@mui/material/TextField";
import { useEditing } from "../editing";
import { lengthOf } from "../model/lengths";
import { type Place, pointerOf, valueAt } from "../model/place";
import { Helper } from "../../limits/Helper";

type PlaceFieldProps = Omit<TextFieldProps, "value" | "onChange" | "helperText"> & {
  place: Place;
  label: string;
  help?: string;
  /** The most characters: they are counted live. */
  most?: number;
  /** What else is counted in it. */
  counts?: [number, number, string][];
  /** Whether it cannot be changed any more. */
  isFixed?: boolean;
  /** Where a change is more than another text at the place. */
  write?: (text: string) => void;
};

/** A text of the template: counted, and with what is wrong with it. */
export function PlaceField({ place, help, most, counts = [], isFixed = false, write, ...rest }: PlaceFieldProps) {
  const { draft, set, leave, isLocked, problemAt } = useEditing();
  const text = String(valueAt(draft, place) ?? "");
  const problem = problemAt(place);
  return (
    <Box sx={{ flex: 1, minWidth: 0 }}>
      <TextField
        id={pointerOf(place)}
        value={text}
        onChange={(event) => (write ? write(event.target.value) : set(place, event.target.value))}
        onBlur={() => leave(place)}
        error={problem !== undefined}
        helperText={<Helper text={problem ?? help} counts={[...counts, ...(most === undefined ? [] : [[lengthOf(text), most] as [number, number]])]} />}
        slotProps={{ formHelperText: { component: "div" }, input: { readOnly: isLocked || isFixed } }}
        {...rest}
      />
    </Box>
  );
}
