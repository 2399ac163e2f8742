import { App } from "antd";
import { Outlet } from "react-router";

/** Messages and dialogs of the whole app. They stand inside the router, because what they say has links. */
export function Overlays() {
  return (
    <App message={{ top: 60, maxCount: 3 }} component={false}>
      <Outlet />
    </App>
  );
}
