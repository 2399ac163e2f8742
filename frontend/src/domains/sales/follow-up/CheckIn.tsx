import { Button } from "antd";
import { MapPinCheck, X } from "lucide-react";
import { useState } from "react";
import { Icon } from "@/kit";
import styles from "./log.module.css";
import { useT } from "./messages";

export interface Place {
  lat: number;
  lng: number;
  accuracy: number;
}

/** Where the device says it is: asked for when the button is pressed, never before. */
export function CheckIn({ place, onChange }: { place: Place | null; onChange: (place: Place | null) => void }) {
  const t = useT();
  const [state, setState] = useState<"idle" | "asking" | "denied" | "lost">("idle");
  const ask = () => {
    if (!navigator.geolocation) return setState("lost");
    setState("asking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState("idle");
        onChange({ lat: coords.latitude, lng: coords.longitude, accuracy: coords.accuracy });
      },
      (error) => setState(error.code === error.PERMISSION_DENIED ? "denied" : "lost"),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 0 },
    );
  };
  return (
    <div className={styles.place}>
      {place ? (
        <>
          <span className="gx-ok">
            <Icon as={MapPinCheck} /> {t("located", { m: Math.round(place.accuracy) })}
          </span>
          <Button
            type="text"
            size="small"
            icon={<Icon as={X} />}
            aria-label={t("unlocate")}
            onClick={() => onChange(null)}
          />
        </>
      ) : (
        <Button icon={<Icon as={MapPinCheck} />} loading={state === "asking"} onClick={ask}>
          {t("check_in")}
        </Button>
      )}
      {(state === "denied" || state === "lost") && (
        <span role="alert" className="gx-bad gx-s12">
          {t(state)}
        </span>
      )}
    </div>
  );
}
