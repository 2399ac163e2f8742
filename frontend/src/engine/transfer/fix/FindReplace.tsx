import { Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import type { ImportJob } from "@/api/types";
import { useT } from "../messages";

interface Props {
  open: boolean;
  columns: ImportJob["columns"];
  count: (index: number, find: string, by: string) => number;
  onApply: (index: number, find: string, by: string) => void;
  onClose: () => void;
}

/** Says how many cells it will change before it does. */
export function FindReplace({ open, columns, count, onApply, onClose }: Props) {
  const t = useT();
  const [index, setIndex] = useState(columns[0]?.index ?? 0);
  const [find, setFind] = useState("");
  const [by, setBy] = useState("");
  const n = open ? count(index, find, by) : 0;
  return (
    <Modal
      open={open}
      title={t("fix.replace")}
      width={420}
      onCancel={onClose}
      okText={t("replace.apply", { n })}
      okButtonProps={{ disabled: n === 0 }}
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
          <Input id="replace-find" value={find} onChange={(event) => setFind(event.target.value)} autoFocus />
        </Form.Item>
        <Form.Item label={t("replace.by")} htmlFor="replace-by">
          <Input id="replace-by" value={by} onChange={(event) => setBy(event.target.value)} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
