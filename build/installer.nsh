; Offers the app under "Open with" for network files. electron-builder's fileAssociations would make it their default program.

!define NETWORK_CLASS "org.mnist-studio.app.network"

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\${NETWORK_CLASS}" "" "Neural network"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${NETWORK_CLASS}\DefaultIcon" "" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\${NETWORK_CLASS}\shell\open\command" "" '"$appExe" "%1"'
  WriteRegNone SHELL_CONTEXT "Software\Classes\.safetensors\OpenWithProgids" "${NETWORK_CLASS}"
  WriteRegNone SHELL_CONTEXT "Software\Classes\.npz\OpenWithProgids" "${NETWORK_CLASS}"
  WriteRegNone SHELL_CONTEXT "Software\Classes\.onnx\OpenWithProgids" "${NETWORK_CLASS}"
  !insertmacro UPDATEFILEASSOC
!macroend

!macro customUnInstall
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.safetensors\OpenWithProgids" "${NETWORK_CLASS}"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.npz\OpenWithProgids" "${NETWORK_CLASS}"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.onnx\OpenWithProgids" "${NETWORK_CLASS}"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\${NETWORK_CLASS}"
  !insertmacro UPDATEFILEASSOC
!macroend
