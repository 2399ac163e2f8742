import { formatPhone, useIsPhone } from "@/kit";
import type { ReadProps } from "../contract";
import { useT } from "../messages";

export function Read({ value, place }: ReadProps<string>) {
  const t = useT();
  const shown = formatPhone(value, t("extension"));
  const onPhone = useIsPhone();
  // In a table on the desk a click previews the row; a call starts from the record or by thumb.
  if (place === "cell" && !onPhone) return shown;
  return (
    <a
      href={`tel:${value}`}
      title={t("call", { number: shown })}
      tabIndex={place === "cell" ? -1 : undefined}
      onClick={(event) => event.stopPropagation()}
    >
      {shown}
    </a>
  );
}
