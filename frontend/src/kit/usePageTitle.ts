import { useEffect } from "react";

/** 客户 · 关系: what the browser's tab, its history and a screen reader say this page is. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · 关系 Guanxi` : "关系 Guanxi";
  }, [title]);
}
