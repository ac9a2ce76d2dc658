import type { NextConfig } from 'next';

const config: NextConfig = {
  // Native or dynamically loading packages stay outside the bundle; one copy of each, as the workers have.
  serverExternalPackages: [
    'bullmq',
    'ioredis',
    'purecloud-platform-client-v2',
    'pg',
    '@node-rs/argon2',
    '@myriaddreamin/typst-ts-node-compiler',
  ],
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
};

export default config;
