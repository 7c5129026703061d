// The program that the graphics card runs for a surface in three dimensions.

const VERTEX = `#version 300 es
layout(location = 0) in vec3 node; // height, tone, share
layout(location = 1) in vec2 slope;
uniform mat4 sight; uniform ivec2 grid; uniform vec2 sides; uniform float high;
out float tone; out float share; out vec3 normal;
void main() {
  vec2 place = (vec2(gl_VertexID % grid.x, gl_VertexID / grid.x) / vec2(grid - 1) - .5) * sides;
  tone = node.y; share = node.z; normal = vec3(-slope * high / sides, 1.);
  gl_Position = sight * vec4(place, node.x * high, 1.);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
in float tone; in float share; in vec3 normal;
uniform sampler2D ground; uniform vec3 sun; uniform vec4 fine; uniform vec4 strong; uniform float levels;
out vec4 colour;
void main() {
  vec3 base = texture(ground, vec2(tone, .5)).rgb;
  float light = .38 * tanh(2. * (dot(normalize(normal), sun) / sun.z - 1.));
  base = light > 0. ? mix(base, vec3(1.), light) : base * (1. + light);
  float at = share * levels, off = abs(fract(at) - .5) / max(fwidth(at), 1e-6);
  vec4 line = mod(floor(at), 4.) == 1. ? strong : fine;
  float level = share > .999 ? 0. : (1. - smoothstep(.3, 1.0, off)) * line.a;
  colour = vec4(mix(base, line.rgb, level), 1.);
}`;

export function linked(gl) {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return program;
}
