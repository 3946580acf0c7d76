// The only script with contextBridge. The page gets three functions and the trainer's port, and nothing else.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNELS } from '../src-shared/channels';
import type { Notice, WindowApi } from '../src-shared/contract';

const api: WindowApi = {
  command: (name, args) => ipcRenderer.invoke(CHANNELS.command, name, args),
  onNotice(listener) {
    ipcRenderer.on(CHANNELS.notice, (_event, notice: Notice) => listener(notice));
  },
  pathOf: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('api', api);

// A port cannot cross the context bridge, but a message to the page's own window can transfer it.
ipcRenderer.on(CHANNELS.trainerPort, ({ ports }) => {
  window.postMessage(CHANNELS.trainerPort, window.location.origin, ports);
});
