// For `tsc` alone, see CONTRIBUTING: what our modules import by a name that only a page's import map knows.
declare module "preact";
declare module "preact/hooks";
declare module "@preact/signals" {
  export type Signal<T> = { value: T; peek(): T };
  export const signal: any;
}
declare module "htm";
declare module "dexie" {
  export type Table = any;
  export type Collection = any;
  export const liveQuery: any;
  const Dexie: any;
  export default Dexie;
}
declare module "htmx";
declare module "zxing";
declare module "leaflet";
declare module "echarts";
