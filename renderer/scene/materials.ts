import {
  DoubleSide,
  GLSL3,
  NoBlending,
  NormalBlending,
  RawShaderMaterial,
  Vector2,
  type DataTexture,
  type IUniform,
} from 'three'

/** What every line material shares and the renderer sets before each frame. */
export interface LineUniforms {
  readonly [name: string]: IUniform
  readonly resolution: IUniform<Vector2>
  readonly pixelRatio: IUniform<number>
  /** Clip depth of one device pixel's worth of plan units. */
  readonly pixelDepth: IUniform<number>
  readonly pixelsPerUnit: IUniform<number>
  readonly visibleFaceBits: IUniform<number>
  readonly looks: IUniform<DataTexture>
}

export function lineUniforms(looks: DataTexture): LineUniforms {
  return {
    resolution: { value: new Vector2(1, 1) },
    pixelRatio: { value: 1 },
    pixelDepth: { value: 0 },
    pixelsPerUnit: { value: 1 },
    visibleFaceBits: { value: 0 },
    looks: { value: looks },
  }
}

const BOX_VERTEX = /* glsl */ `
precision highp float;
precision highp sampler2D;
uniform mat4 viewMatrix;
uniform mat4 projectionMatrix;
uniform sampler2D fills;
in vec3 position;
in float paint;
in float side;
uniform float sink;
flat out vec4 color;
void main() {
  int column = side < 0.5 ? 0 : side < 2.5 ? 1 : 2;
  color = texelFetch(fills, ivec2(column, int(paint + 0.5)), 0);
  gl_Position = projectionMatrix * viewMatrix * vec4(position, 1.0);
  gl_Position.z += sink;
}`

// Writes sRGB as it is: no light, no tone mapping, no conversion, so that a face has exactly the legend's colour.
const BOX_FRAGMENT = /* glsl */ `
precision highp float;
flat in vec4 color;
out vec4 fragment;
void main() {
  fragment = color;
}`

/** Clip depth by which floors lie below what is drawn flat upon them. */
const FLOOR_SINK = 4e-6

/** Flat faces in the colours of the palette; floors are glass. */
export function boxMaterial(fills: DataTexture, options: { readonly isGlass: boolean }) {
  return new RawShaderMaterial({
    glslVersion: GLSL3,
    uniforms: { fills: { value: fills }, sink: { value: options.isGlass ? FLOOR_SINK : 0 } },
    vertexShader: BOX_VERTEX,
    fragmentShader: BOX_FRAGMENT,
    // Also for the solid ones: three draws what is not transparent first, whatever the order.
    transparent: true,
    blending: options.isGlass ? NormalBlending : NoBlending,
    depthWrite: !options.isGlass,
  })
}

const LINE_VERTEX = /* glsl */ `
precision highp float;
precision highp sampler2D;
uniform mat4 viewMatrix;
uniform mat4 projectionMatrix;
uniform sampler2D looks;
uniform vec2 resolution;
uniform float pixelRatio;
uniform float pixelDepth;
uniform float pixelsPerUnit;
uniform int visibleFaceBits;
in vec2 position;
in vec3 start;
in vec3 end;
in vec4 traits;
flat out vec4 color;
flat out vec3 stroke;
flat out vec2 way;
out float across;
out float along;
void main() {
  int look = int(traits.x + 0.5);
  color = texelFetch(looks, ivec2(0, look), 0);
  vec4 shape = texelFetch(looks, ivec2(1, look), 0);
  stroke = shape.xyz * pixelRatio;
  float crowd = smoothstep(1.0, 5.0, traits.z * pixelsPerUnit);
  color.a *= mix(0.25, 1.0, crowd);
  bool isHidden = (int(traits.y + 0.5) & visibleFaceBits) == 0;
  vec4 clipStart = projectionMatrix * viewMatrix * vec4(start, 1.0);
  vec4 clipEnd = projectionMatrix * viewMatrix * vec4(end, 1.0);
  vec2 a = (clipStart.xy * 0.5 + 0.5) * resolution;
  vec2 b = (clipEnd.xy * 0.5 + 0.5) * resolution;
  float size = max(length(b - a), 1e-4);
  // Upright and level lines stand in the middle of a pixel: crisp instead of smeared over two. Not the short steps of a curve.
  if (size > 24.0 * pixelRatio) {
    float odd = mod(floor(stroke.x + 0.5), 2.0) * 0.5;
    if (abs(a.x - b.x) < 0.25) { a.x = floor(a.x) + odd; b.x = a.x; }
    if (abs(a.y - b.y) < 0.25) { a.y = floor(a.y) + odd; b.y = a.y; }
  }
  vec2 direction = (b - a) / size;
  vec2 normal = vec2(-direction.y, direction.x);
  float reach = stroke.x * 0.5 + 1.0;
  float part = position.x;
  across = position.y * reach;
  along = part < 0.5 ? -reach : size + reach;
  way = vec2(size, traits.w * pixelsPerUnit * pixelRatio);
  vec2 pixel = a + direction * along + normal * across;
  float slope = size < 1.0 ? 0.0 : (clipEnd.z - clipStart.z) / size;
  float depth = clipStart.z + slope * along - shape.w * pixelRatio * pixelDepth;
  gl_Position = isHidden
    ? vec4(0.0, 0.0, 2.0, 1.0)
    : vec4(pixel / resolution * 2.0 - 1.0, max(depth, -1.0), 1.0);
}`

const LINE_FRAGMENT = /* glsl */ `
precision highp float;
uniform float strength;
flat in vec4 color;
flat in vec3 stroke;
flat in vec2 way;
in float across;
in float along;
out vec4 fragment;
void main() {
  // Round ends: wide lines then meet at corners without gaps and spikes.
  float away = length(vec2(along - clamp(along, 0.0, way.x), across));
  float coverage = clamp(stroke.x * 0.5 + 0.5 - away, 0.0, 1.0) * min(stroke.x, 1.0);
  if (stroke.y > 0.0) {
    float period = stroke.y + stroke.z;
    float place = mod(along + way.y + stroke.z * 0.5, period) - stroke.z * 0.5;
    coverage *= clamp(stroke.y * 0.5 + 0.5 - abs(place - stroke.y * 0.5), 0.0, 1.0);
  }
  float alpha = color.a * coverage * strength;
  if (alpha < 0.02) discard;
  fragment = vec4(color.rgb, alpha);
}`

export interface LineMaterialOptions {
  /** Below 1 the lines are faint. */
  readonly strength: number
  /** Whether what comes later goes behind the lines. */
  readonly hidesLater: boolean
  /** Whether the lines are hidden by what lies before them. */
  readonly isHidden: boolean
}

/** Lines of a width in pixels, smooth by arithmetic. */
export function lineMaterial(uniforms: LineUniforms, options: LineMaterialOptions) {
  return new RawShaderMaterial({
    glslVersion: GLSL3,
    uniforms: { ...uniforms, strength: { value: options.strength } },
    vertexShader: LINE_VERTEX,
    fragmentShader: LINE_FRAGMENT,
    transparent: true,
    depthWrite: options.hidesLater,
    depthTest: options.isHidden,
    side: DoubleSide,
  })
}
