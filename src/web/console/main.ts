import { createPinia } from 'pinia';
import { createApp } from 'vue';
import { z } from 'zod';
import App from './app.vue';
import { pages } from './pages.js';
import { createConsoleRouter } from './router.js';
import { toast } from './shared/toast.js';
import { pagesKey } from './shell/console-page.js';
import './styles/theme.css';
import './styles/base.css';
import '../shared/calm.css';

// The page's security policy forbids what zod would make its parsers from.
z.config({ jitless: true });

let markResumed: () => void = () => undefined;
const resumed = new Promise<void>((resolve) => (markResumed = resolve));

const app = createApp(App, { onResumed: markResumed });
app.config.errorHandler = (error) => toast.failed(error);
app.provide(pagesKey, pages).use(createPinia()).use(createConsoleRouter(resumed)).mount('#app');
