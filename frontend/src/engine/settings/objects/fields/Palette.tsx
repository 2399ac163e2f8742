import { useDraggable } from "@dnd-kit/react";
import { Input } from "antd";
import { Search } from "lucide-react";
import { useState } from "react";
import { useLabel } from "@/i18n";
import { Icon } from "@/kit";
import { type FieldKind, useFieldKinds } from "../design";
import { useT } from "../locales";
import { byUse, typeIcon } from "../type-icons";
import styles from "./fields.module.css";

export const NEW = "new:";

/** The types a field can have. A click adds one; dragging says where. */
export function Palette({ onPick }: { onPick: (kind: FieldKind) => void }) {
  const t = useT();
  const label = useLabel();
  const kinds = useFieldKinds();
  const [wanted, setWanted] = useState("");
  const text = wanted.trim().toLowerCase();
  const found = byUse(kinds.data ?? []).filter(
    (kind) =>
      !text || `${kind.label["zh-CN"]} ${kind.label.en} ${kind.type} ${label(kind.help)}`.toLowerCase().includes(text),
  );
  return (
    <aside className={styles.palette} aria-label={t("palette.title")}>
      <Input
        prefix={<Icon as={Search} size={14} />}
        placeholder={t("palette.search")}
        aria-label={t("palette.search")}
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
        allowClear
      />
      <h2>{t("palette.title")}</h2>
      <ul>
        {found.map((kind) => (
          <Kind key={kind.type} kind={kind} onPick={onPick} />
        ))}
      </ul>
      <p className="gx-3 gx-s12">{kinds.data && !found.length ? t("palette.none") : t("palette.hint")}</p>
    </aside>
  );
}

function Kind({ kind, onPick }: { kind: FieldKind; onPick: (kind: FieldKind) => void }) {
  const label = useLabel();
  const { ref, isDragging } = useDraggable({ id: `${NEW}${kind.type}`, type: "palette", data: { kind } });
  return (
    <li>
      <button ref={ref} type="button" data-dragging={isDragging} title={label(kind.help)} onClick={() => onPick(kind)}>
        <Icon as={typeIcon(kind.type)} size={14} />
        <span>{label(kind.label)}</span>
      </button>
    </li>
  );
}
