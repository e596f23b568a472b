; Stands for pressmark-app.exe where Windows programs cannot be frozen: notes how it was started,
; and runs until there is a file stop.txt beside it.
Unicode true
Target amd64-unicode
RequestExecutionLevel user
SilentInstall silent
OutFile "${OUT}"
!include LogicLib.nsh
!include FileFunc.nsh
!insertmacro GetParameters

Section
  ${GetParameters} $0
  FileOpen $1 "$EXEDIR\started.tmp" w
  FileWriteUTF16LE $1 "$0"
  FileClose $1
  Rename "$EXEDIR\started.tmp" "$EXEDIR\started.txt"
  ${DoUntil} ${FileExists} "$EXEDIR\stop.txt"
    Sleep 50
  ${Loop}
SectionEnd
