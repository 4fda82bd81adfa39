/** Vite's way to bundle a file as text. */
declare module '*.sh?raw' {
  const text: string
  export default text
}
