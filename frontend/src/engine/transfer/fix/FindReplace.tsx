import { Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import type { ImportJob } from "@/api/types";
import { useFormat } from "@/kit";
import { useT } from "../messages";

interface Props {
  open: boolean;
  columns: ImportJob["columns"];
  /** What to begin with: the first wrong cell. */
  first: { index: number; text: string } | null;
  /** Rows are still on their way: the count is not final. */
  loading: boolean;
  count: (index: number, find: string, by: string) => number;
  onApply: (index: number, find: string, by: string) => void;
  onClose: () => void;
}

/** Says how many cells it will change before it does. */
export function FindReplace({ open, columns, first, loading, count, onApply, onClose }: Props) {
  const t = useT();
  const format = useFormat();
  const [index, setIndex] = useState(columns[0]?.index ?? 0);
  const [find, setFind] = useState("");
  const [by, setBy] = useState("");
  const [wasOpen, setWasOpen] = useState(open);
  if (wasOpen !== open) {
    setWasOpen(open);
    if (open && first) {
      setIndex(first.index);
      setFind(first.text);
      setBy("");
    }
  }
  const n = open ? count(index, find, by) : 0;
  return (
    <Modal
      open={open}
      title={t("fix.replace")}
      width={420}
      onCancel={onClose}
      okText={t("replace.apply", { n: format.number(n) })}
      okButtonProps={{ disabled: n === 0, loading }}
      onOk={() => {
        onApply(index, find, by);
        onClose();
      }}
      destroyOnHidden
    >
      <Form layout="vertical">
        <Form.Item label={t("replace.column")} htmlFor="replace-column">
          <Select
            id="replace-column"
            value={index}
            onChange={setIndex}
            options={columns.map((column) => ({ value: column.index, label: column.header }))}
          />
        </Form.Item>
        <Form.Item label={t("replace.find")} htmlFor="replace-find">
          <Input id="replace-find" value={find} onChange={(event) => setFind(event.target.value)} />
        </Form.Item>
        <Form.Item label={t("replace.by")} htmlFor="replace-by">
          <Input id="replace-by" value={by} onChange={(event) => setBy(event.target.value)} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
