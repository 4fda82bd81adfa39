/** Vite's way to bundle a file as text. */
declare module '*.yaml?raw' {
  const text: string
  export default text
}
