import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Typography from "@mui/material/Typography";
import useMediaQuery from "@mui/material/useMediaQuery";
import { type ChangeEvent, type DragEvent, type ReactNode, useRef, useState } from "react";

interface FilesProps {
  take: (files: File[]) => void;
  children: ReactNode;
}

interface FileDropProps extends FilesProps {
  /** What dropping them will do. */
  text: string;
}

interface FilePickerProps extends FilesProps {
  /** What may be chosen: types and endings, as `accept` of an input has them. */
  accept: string;
  variant?: "text" | "outlined" | "contained";
  icon?: ReactNode;
}

const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes("Files");

/** Whether files can be dropped at all: fingers have nothing to drop. */
export const useCanDrop = () => useMediaQuery("(any-pointer: fine)");

/** A part of the page that files can be dropped on. */
export function FileDrop({ take, text, children }: FileDropProps) {
  const [depth, setDepth] = useState(0); // dragging over what is inside leaves what is around it
  const move = (by: number) => (event: DragEvent) => hasFiles(event) && setDepth((now) => now + by);
  const drop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setDepth(0);
    take([...event.dataTransfer.files]);
  };
  return (
    <Box
      onDragEnter={move(1)}
      onDragLeave={move(-1)}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDrop={drop}
      sx={{ position: "relative", display: "flex", flexDirection: "column", flex: 1, minHeight: 0 }}
    >
      {children}
      {depth > 0 && (
        <Box sx={{ position: "absolute", inset: 8, border: "3px dashed", borderColor: "primary.main", borderRadius: 2, bgcolor: "background.paper", opacity: 0.95, display: "grid", placeItems: "center", zIndex: 10, pointerEvents: "none" }}>
          <Typography variant="h2">{text}</Typography>
        </Box>
      )}
    </Box>
  );
}

/** A button that asks for files. */
export function FilePicker({ take, accept, variant = "text", icon, children }: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null);
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    take([...(event.target.files ?? [])]);
    event.target.value = ""; // the same file again is a choice too
  };
  return (
    <>
      <Button variant={variant} startIcon={icon} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input ref={input} type="file" accept={accept} multiple hidden onChange={choose} />
    </>
  );
}
